import { type Given, givenOf, type Stack, valuesComparedWith } from '../access/stack.ts';
import { ABSENT, type ContextValue, known, UNKNOWN } from '../context.ts';
import { all, type Truth } from '../truth.ts';
import { hasVariables } from '../variable.ts';
import type { Permission } from './path.ts';

/** Condition keys whose value the caller of some permissions chooses, or the target settles. */
export interface Choice {
  /** What an action is asked with; undefined where none of the keys concerns it. */
  given(action: string): Given | undefined;
  /** Whether with it a path gives what it says: to attach ReadOnlyAccess makes nobody an administrator. */
  readonly serves: Truth;
}

/** What is known of the target before anything is chosen. */
export interface TargetFacts {
  /** Of iam:PermissionsBoundary; `chosen`: the target is new, and the caller says which boundary it has. */
  readonly boundary: ContextValue | 'chosen';
  /** ARNs of the policies that are worth detaching; undefined: not known. */
  readonly detachable?: readonly string[] | undefined;
}

export interface ChoiceSetting {
  readonly stack: Stack;
  readonly partition: string;
  readonly target: TargetFacts;
}

interface Option {
  readonly value: ContextValue;
  readonly serves: Truth;
}

/** The choices that the caller has, those that serve first. Which keys an action has is the service authorization reference's. */
export function choicesFor(permissions: readonly Permission[], setting: ChoiceSetting): readonly Choice[] {
  const services = permissions.find(({ passedTo }) => passedTo !== undefined)?.passedTo;
  const policies = permissions.map(({ action }) => policiesFor(action, setting)).find(each => each !== undefined);
  const boundaries = permissions.map(({ action }) => boundariesFor(action, setting)).find(each => each !== undefined);
  const choices = (services?.map(serving) ?? [NOT_CHOSEN]).flatMap(service =>
    (policies ?? [NOT_CHOSEN]).flatMap(policy =>
      (boundaries ?? [NOT_CHOSEN]).map(boundary => choiceOf({ service, policy, boundary })),
    ),
  );
  return choices.filter(({ serves }) => serves !== false);
}

/** With nothing chosen: what a choice hangs on shows as the conditions that stay open. */
export const OPEN_CHOICE: Pick<Choice, 'given'> = { given: () => undefined };

const NOT_CHOSEN: Option = { value: UNKNOWN, serves: true };

function serving(value: string): Option {
  return { value: known(value), serves: true };
}

interface Chosen {
  readonly service: Option;
  readonly policy: Option;
  readonly boundary: Option;
}

function choiceOf({ service, policy, boundary }: Chosen): Choice {
  const remembered = new Map<string, Given | undefined>();
  const make = (action: string) => {
    const values = [
      ...(action === 'iam:PassRole' ? [['iam:PassedToService', service.value] as const] : []),
      ...(CHOOSING_POLICY.test(action) ? [['iam:PolicyARN', policy.value] as const] : []),
      ...(WITH_BOUNDARY.test(action) ? [['iam:PermissionsBoundary', boundary.value] as const] : []),
    ];
    const telling = values.filter(([, value]) => value !== UNKNOWN);
    return telling.length === 0 ? undefined : givenOf(telling);
  };
  return {
    serves: all([service.serves, policy.serves, boundary.serves]),
    given(action) {
      if (!remembered.has(action)) remembered.set(action, make(action));
      return remembered.get(action);
    },
  };
}

const CHOOSING_POLICY = /^iam:(Attach|Detach)(Role|User|Group)Policy$/;
const CHOOSING_BOUNDARY = /^iam:(CreateRole|CreateUser|PutRolePermissionsBoundary|PutUserPermissionsBoundary)$/;
const WITH_BOUNDARY =
  /^iam:(Create(Role|User)|(Attach|Detach|Put|Delete)(Role|User)Policy|(Put|Delete)(Role|User)PermissionsBoundary|UpdateAssumeRolePolicy)$/;

/** AdministratorAccess if it may be, else any that a condition names. */
function policiesFor(action: string, { stack, partition, target }: ChoiceSetting): readonly Option[] | undefined {
  if (!CHOOSING_POLICY.test(action)) return undefined;
  if (action.startsWith('iam:Detach')) return target.detachable?.map(serving);
  return [
    ...GIVING_ALL.map(name => serving(awsPolicy(name, partition))),
    ...optionsNamed('iam:PolicyARN', stack, action),
  ];
}

function boundariesFor(action: string, { stack, partition, target }: ChoiceSetting): readonly Option[] | undefined {
  if (!WITH_BOUNDARY.test(action)) return undefined;
  if (target.boundary !== 'chosen' && !CHOOSING_BOUNDARY.test(action))
    return [{ value: target.boundary, serves: true }];
  return [
    ...(target.boundary === 'chosen' ? [{ value: ABSENT, serves: true }] : []),
    serving(awsPolicy('AdministratorAccess', partition)),
    ...optionsNamed('iam:PermissionsBoundary', stack, action),
  ];
}

/** Of AWS's own policies those that let whoever has them do everything, at once or in one more step. */
const GIVING_ALL = ['AdministratorAccess', 'IAMFullAccess'];

function awsPolicy(name: string, partition: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

function optionsNamed(key: string, stack: Stack, action: string): readonly Option[] {
  return (valuesComparedWith(key, stack, action) ?? []).map(value => ({
    value: hasVariables(value) ? UNKNOWN : known(value.replaceAll('*', 'x').replaceAll('?', 'x')),
    serves: ONLY_READING.test(value) ? false : undefined,
  }));
}

/** AWS's own policies of these names let nobody change anything. What others allow is not looked up. */
const ONLY_READING =
  /^arn:aws[a-z-]*:iam::aws:policy\/([\w+=,.@-]+\/)*(\w*ReadOnly(Access)?|ViewOnlyAccess|SecurityAudit)$/;
