import { docOpeners } from './docOpeners.js';
import { importArrows } from './importArrows.js';

/** The house's own rules, as a plugin of the lint. */
export default {
  meta: { name: 'house' },
  rules: { 'import-arrows': importArrows, 'doc-openers': docOpeners },
};
