import type { Plugin } from 'esbuild';

export function esbuildCatalog(): Plugin;
export function viteCatalog(): object;
