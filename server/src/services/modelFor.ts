import type { ModelState } from '../model/modelProvider.ts';
import type { Catalogue } from './catalogue.ts';

/** The model of the moment if it is one of this catalogue's data set; while another data set is read in, there is none. */
export function modelFor({ dataset }: Catalogue, state: ModelState): ModelState {
  if (!state.model || state.model.manifest.dataset.identity === dataset?.identity) return state;
  return { model: null, problem: 'the model was trained on another data set' };
}
