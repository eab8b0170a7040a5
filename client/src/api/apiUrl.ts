import { createContext } from 'react';

/** The address of the API, at which a browser finds the playground; a deployment may name another origin. */
export const ApiUrl = createContext('/graphql');
