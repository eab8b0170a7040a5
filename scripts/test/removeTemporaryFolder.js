export { removeTemporaryFolder as default } from './temporaryFolder.js';
