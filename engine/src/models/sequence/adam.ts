/** Decays of Adam's moments (Kingma & Ba 2015); the second is SASRec's, and usual of transformers. */
export const BETA1 = 0.9;
export const BETA2 = 0.98;
export const EPSILON = 1e-8;
