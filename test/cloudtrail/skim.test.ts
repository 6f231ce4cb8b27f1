import { describe, expect, it } from 'vitest';
import { recordsToPass } from '../../src/cloudtrail/skim.ts';

const record = (eventName: string, more: object = {}) => ({ eventVersion: '1.11', eventName, ...more });
const log = (...records: object[]) => JSON.stringify({ Records: records });

describe('a log file that is passed over', () => {
  it.each<[what: string, file: string, count: number | undefined]>([
    ['has none of the texts', log(record('A'), record('B')), 2],
    ['with a line end', `${log(record('A'))}\n`, 1],
    ['has the text as a part of another', log(record('WantedToo')), 1],
    ['has characters as escapes that JSON writers escape', log(record('A')).replace('"A"', '"A\\u0026\\u003c"'), 1],
    ['not where it has one of the texts', log(record('A'), record('Wanted')), undefined],
    ['not where it is anywhere in it', log(record('A', { requestParameters: { name: 'Wanted' } })), undefined],
    ['not where a letter is written as an escape', log(record('A')).replace('"A"', '"W\\u0061nted"'), undefined],
    ['not where it has Insights', log(record('A', { eventCategory: 'Insight' })), undefined],
    ['not where it is cut', log(record('A')).slice(0, -1), undefined],
    ['not where it is something else', JSON.stringify([record('A')]), undefined],
    ['not where it is printed with line ends', JSON.stringify({ Records: [record('A')] }, undefined, 1), undefined],
    ['not where it is empty', '', undefined],
  ])('%s', (_, file, count) => {
    expect(recordsToPass(Buffer.from(file), { texts: ['Wanted'], passed() {} })).toBe(count);
  });
});
