import { compare } from '../snapshot/compare.ts';
import { allOperations } from './collectors.ts';

export interface ReadPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

/**
 * The least-privilege IAM policy that Postern needs, made from what the collectors call: each operation's IAM action has
 * the operation's name. Resources cannot be narrowed: the List and Describe actions know no resource types.
 */
export function readPolicy(): ReadPolicy {
  const actions = [...new Set(allOperations().map(operation => operation.name))].sort(compare);
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'PosternReads', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}
