import { once } from '../../memo/once.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, actionsIn, has } from '../catalog/actionSet.ts';

/** What a reader makes most of when it is refused, before the catalogue's own order, which begins with services nobody knows. */
const TELLING = [
  'iam:CreateUser',
  'iam:PutRolePolicy',
  'sts:AssumeRole',
  's3:GetObject',
  's3:PutObject',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
  'ec2:RunInstances',
  'ec2:TerminateInstances',
  'lambda:CreateFunction',
  'cloudtrail:StopLogging',
];

const telling = once(() => TELLING.map(actionNamed).filter(action => action !== undefined));

/** The action that tells most of all. */
export function mostTelling(): Action {
  return telling()[0]!;
}

/** Those that tell most come first, and once more in their place. */
export function* tellingFirst(actions: ActionSet): Generator<Action, void> {
  for (const action of telling()) if (has(actions, action)) yield action;
  yield* actionsIn(actions);
}
