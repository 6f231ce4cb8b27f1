import { GetSubjectCommand, ListSubjectsCommand, type RolesAnywhereClient } from '@aws-sdk/client-rolesanywhere';
import { compare } from '../snapshot/compare.ts';
import { Subject } from '../snapshot/schema.ts';
import type { SubjectDetail } from '../snapshot/shapes.ts';
import { rawOf } from './keepRaw.ts';
import { own, rawList, validItem } from './lists.ts';
import { rolesAnywhere } from './operation.ts';
import type { Place } from './place.ts';
import type { Collector } from './region.ts';

const LIST = rolesAnywhere('ListSubjects', 'subject');
const GET = rolesAnywhere('GetSubject', 'subject');

/** All subjects; with their certificates, those that were seen last, as far as the budget goes. */
export const subjects: Collector<'subjects'> = {
  operations: [LIST, GET],
  collect: async region => {
    const { place, clients, asked } = region;
    const summaries = await rawList(region, {
      operation: LIST,
      member: 'subjects',
      schema: Subject,
      arnOf: subject => subject.subjectArn,
      send: (client, page) => client.send(new ListSubjectsCommand(page)),
    });
    const client = clients.rolesAnywhere(place.region);
    const worthACall = new Set([...summaries].sort(lastSeenFirst).slice(0, asked.callBudget));
    return Promise.all(
      summaries.map(summary =>
        worthACall.has(summary) ? withDetails(place, client, summary) : Promise.resolve(summary),
      ),
    );
  },
};

async function withDetails(place: Place, client: RolesAnywhereClient, summary: SubjectDetail): Promise<SubjectDetail> {
  const { subjectId, subjectArn: resource } = summary;
  const send = async () => own(rawOf(await client.send(new GetSubjectCommand({ subjectId }))), 'subject');
  const read = await place.attempt({ operation: GET, resource, send });
  if (read.kind !== 'read') return summary;
  const [detail] = validItem(place, { operation: GET, resource, schema: Subject, item: read.answer });
  return detail ?? summary;
}

function lastSeenFirst(a: SubjectDetail, b: SubjectDetail): number {
  return compare(b.lastSeenAt ?? '', a.lastSeenAt ?? '') || compare(a.subjectArn, b.subjectArn);
}
