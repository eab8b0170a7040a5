/** For tests of every workspace: databases to run on. */
export {
  canTestOn,
  makeTestRoom,
  TEST_ENGINES,
  testServerUrl,
  type TestEngine,
  type TestRoom,
} from './databases.ts';
