import { setFlagsFromString } from 'node:v8';

/**
 * How the engine is to run us; imported before anything else.
 *
 * Node 20's has one optimizing compiler, which takes up a function after little use. We have thousands of functions that are used a
 * little: of 1,450 compilations for a large account a quarter were thrown away, and all of them held up the garbage collector's
 * helpers where there are two cores. Three times the use first is a third of the compilations, and a fifth less time. Later engines
 * have a quick compiler in between, and no such flag.
 */
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=500000');
