import type { View } from './view.ts';
import { activity } from './views/activity.ts';
import { anchors } from './views/anchors.ts';
import { crls } from './views/crls.ts';
import { findings } from './views/findings.ts';
import { overview } from './views/overview.ts';
import { paths } from './views/paths.ts';
import { profiles } from './views/profiles.ts';
import { roles } from './views/roles.ts';
import { subjects } from './views/subjects.ts';

/** Every view, in the order of its tab and its number key. */
export const VIEWS: readonly View[] = [overview, findings, anchors, profiles, roles, activity, paths, subjects, crls];
