import type { Plugin } from 'esbuild';

export function esbuildPeggy(): Plugin;
export function vitePeggy(): object;
