import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODEL_NAME } from '@pocketrocket/model/artifact';
import { awaitAddress } from './serverProcess.ts';
import { describeWithPython } from './tensorflow.ts';
import { testTfServing } from './tfServingContract.ts';

const SHIM = fileURLToPath(new URL('./tfServingShim.py', import.meta.url));

// What model-server must answer is what TensorFlow itself answers: the same suite runs over both.
describeWithPython("an exported SavedModel in TensorFlow, behind TensorFlow Serving's REST API", (python) => {
  testTfServing(async (modelDir) => {
    const shim = awaitAddress(
      spawn(python, [SHIM, join(modelDir, MODEL_NAME)], { stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    return {
      url: await shim.url,
      stop() {
        shim.child.kill('SIGKILL');
        return shim.exited;
      },
    };
  });
});
