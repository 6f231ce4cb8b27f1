import { setFlagsFromString } from 'node:v8';

/**
 * How the engine is to run us; imported before a command's own modules.
 *
 * Node 20's (V8 11.3) has one optimizing compiler, which takes up a function after little use, by a budget of 67,584. We have
 * thousands of functions that are used a little: of 1,450 compilations for a large account a quarter were thrown away, and all of them
 * held up the garbage collector's helpers where there are two cores. With 500,000 there are a third as many or fewer, and it takes a
 * fifth less time. It is set while we run, which Node warns of in general; this flag is read whenever a function has used up its budget.
 * Later engines have a quick compiler in between, and no such flag.
 */
if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--interrupt-budget=500000');
