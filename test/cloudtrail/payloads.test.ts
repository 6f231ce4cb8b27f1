import fc from 'fast-check';
import { expect, it } from 'vitest';
import { javaText } from '../../src/cloudtrail/javaMap.ts';
import { sourceMembers } from '../../src/cloudtrail/sourceJson.ts';
import { fieldsOf } from './records.ts';

/** What a record's own text says of numbers and the order of keys that JSON.parse does not. */

it.each<[name: string, source: string, fields: Record<string, unknown>]>([
  [
    'numbers as they were written; in the flattened copy as the text that Elasticsearch indexes',
    '{"additionalEventData": {"bytesTransferredIn": 0.0, "bytesTransferredOut": 119.0, "x": 1.5, "n": 2}}',
    {
      'aws.cloudtrail.additional_eventdata': '{bytesTransferredIn=0.0, x=1.5, n=2, bytesTransferredOut=119.0}',
      'aws.cloudtrail.flattened.additional_eventdata': {
        bytesTransferredIn: '0.0',
        bytesTransferredOut: '119.0',
        x: 1.5,
        n: 2,
      },
    },
  ],
  [
    'numbers that JavaScript cannot hold',
    '{"responseElements": {"a": 9007199254740993, "b": [1e7, 1e400]}}',
    {
      'aws.cloudtrail.response_elements': '{a=9007199254740993, b=[1.0E7, Infinity]}',
      'aws.cloudtrail.flattened.response_elements': { a: '9007199254740993', b: ['1.0E7', 'Infinity'] },
    },
  ],
  [
    'keys that look like array indices',
    '{"requestParameters": {"@": "x", "0": "y"}}',
    { 'aws.cloudtrail.request_parameters': '{@=x, 0=y}' },
  ],
  [
    'a member that comes twice: in the first place, the last value',
    '{"requestParameters": {"BB": 1, "Aa": 2, "BB": 3}, "serviceEventDetails": {"a": 1}, "serviceEventDetails": {"b": 2}}',
    {
      'aws.cloudtrail.request_parameters': '{BB=3, Aa=2}',
      'aws.cloudtrail.flattened.request_parameters': { BB: 3, Aa: 2 },
      'aws.cloudtrail.service_event_details': '{b=2}',
    },
  ],
  [
    'the name that UserAuthentication moves',
    '{"eventName": "UserAuthentication", "additionalEventData": {"UserName": "ann", "n": 1.0}}',
    {
      'user.name': 'ann',
      'aws.cloudtrail.additional_eventdata': '{n=1.0}',
      'aws.cloudtrail.flattened.additional_eventdata': { n: '1.0' },
    },
  ],
  [
    'what is dropped is dropped there too',
    '{"requestParameters": {"a": "-", "b": [{"c": ""}], "d": 1.0}, "responseElements": {"e": null}}',
    {
      'aws.cloudtrail.request_parameters': '{d=1.0}',
      'aws.cloudtrail.flattened': { request_parameters: { d: '1.0' } },
    },
  ],
  [
    'members inside others are others',
    '{"resources": [{"requestParameters": {"a": 1.0}}], "x": "{\\"requestParameters\\": 1.0}"}',
    { 'aws.cloudtrail.request_parameters': undefined },
  ],
])('%s', (_, source, fields) => {
  expect(fieldsOf(JSON.parse(source), Object.keys(fields), source)).toEqual(fields);
});

it('is printed as Java prints what stands in the text, numbers or none', () => {
  const value = fc.letrec<{ any: unknown }>(tie => ({
    any: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: fc.constantFrom('x', '', '-', 'none', null, true, 1, -0, 1.5, 1e21) },
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'Aa', 'BB', '0', '10', '7x', '__proto__'), tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  const property = fc.property(value, requestParameters => {
    const source = JSON.stringify({ requestParameters });
    const field = 'aws.cloudtrail.request_parameters';
    const printed = javaText(sourceMembers(source, new Set(['requestParameters']))?.get('requestParameters'));
    expect(fieldsOf(JSON.parse(source), [field], source)).toEqual({ [field]: printed });
  });
  fc.assert(property, { numRuns: 1000 });
});
