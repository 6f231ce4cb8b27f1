import { isAlwaysAllowed } from '../../iam/action.ts';
import type { Decision } from '../../iam/decide.ts';
import type { LayerName } from '../../iam/layer.ts';

/** What a decision takes for granted, or leaves out; nothing where nothing could change it. */
export function assumptionsOf(decision: Decision, { action, forwarded }: Asked): readonly string[] {
  if (isAlwaysAllowed(action)) return [];
  return [...(forwarded ? [FORWARDED] : []), ...aboutOtherPolicies(decision)];
}

interface Asked {
  readonly action: string;
  /** It is denied for a call that the session makes itself, and was decided for one that a service makes for it. */
  readonly forwarded: boolean;
}

const FORWARDED =
  'The session itself may not make this call: it hangs on whether a service makes it with the permissions of the session.';

function aboutOtherPolicies({ decision, denial, layer }: Decision): readonly string[] {
  if (denial === 'explicit') return [];
  if (decision !== 'denied') return [MAY_DENY];
  return [layer !== undefined && BINDS_THE_ROLE.has(layer) ? SESSION_MAY_BE_NAMED : MAY_BE_NAMED];
}

const MAY_DENY =
  'Resource policies, service control policies and resource control policies are not known and may still deny it.';

/**
 * IAM user guide, "Policy evaluation logic": in the same account what a resource policy grants to the role's ARN is limited by
 * what boundary and session policy do not allow, and what it grants to the session's ARN by no implicit denial.
 */
const BINDS_THE_ROLE: ReadonlySet<LayerName> = new Set<LayerName>(['boundary', 'session']);
const MAY_BE_NAMED =
  "Resource policies are not known: one in the role's account that names the role or its session may allow it all the same.";
const SESSION_MAY_BE_NAMED =
  "Resource policies are not known: one in the role's account that names the session itself may allow it all the same.";
