import { commonRefusal } from '../wire/refusal.ts';
import { xmlDocument } from '../wire/xml.ts';
import type { Service } from './service.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

export const sts: Service = {
  protocol: 'query',
  operationOf: ({ parameters }) => ({ name: parameters.get('Action') ?? '' }),
  limitOf: () => undefined,
  answer: ({ operation, account, requestId }) => {
    if (operation.name !== 'GetCallerIdentity') throw commonRefusal('query', 'AccessDenied');
    const GetCallerIdentityResult = { Arn: account.caller.arn, UserId: account.caller.userId, Account: account.id };
    const content = { GetCallerIdentityResult, ResponseMetadata: { RequestId: requestId } };
    const body = xmlDocument('GetCallerIdentityResponse', content, { namespace: NAMESPACE });
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  },
};
