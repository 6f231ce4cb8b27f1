/** Every operation of the service model 2018-05-10, reading or not: `{}` is the id's place in the path. */
const ROUTES: readonly (readonly [method: string, path: string, operation: string])[] = [
  ['POST', '/profiles', 'CreateProfile'],
  ['GET', '/profiles', 'ListProfiles'],
  ['GET', '/profile/{}', 'GetProfile'],
  ['PATCH', '/profile/{}', 'UpdateProfile'],
  ['DELETE', '/profile/{}', 'DeleteProfile'],
  ['POST', '/profile/{}/enable', 'EnableProfile'],
  ['POST', '/profile/{}/disable', 'DisableProfile'],
  ['PUT', '/profiles/{}/mappings', 'PutAttributeMapping'],
  ['DELETE', '/profiles/{}/mappings', 'DeleteAttributeMapping'],
  ['POST', '/trustanchors', 'CreateTrustAnchor'],
  ['GET', '/trustanchors', 'ListTrustAnchors'],
  ['GET', '/trustanchor/{}', 'GetTrustAnchor'],
  ['PATCH', '/trustanchor/{}', 'UpdateTrustAnchor'],
  ['DELETE', '/trustanchor/{}', 'DeleteTrustAnchor'],
  ['POST', '/trustanchor/{}/enable', 'EnableTrustAnchor'],
  ['POST', '/trustanchor/{}/disable', 'DisableTrustAnchor'],
  ['PATCH', '/put-notifications-settings', 'PutNotificationSettings'],
  ['PATCH', '/reset-notifications-settings', 'ResetNotificationSettings'],
  ['POST', '/crls', 'ImportCrl'],
  ['GET', '/crls', 'ListCrls'],
  ['GET', '/crl/{}', 'GetCrl'],
  ['PATCH', '/crl/{}', 'UpdateCrl'],
  ['DELETE', '/crl/{}', 'DeleteCrl'],
  ['POST', '/crl/{}/enable', 'EnableCrl'],
  ['POST', '/crl/{}/disable', 'DisableCrl'],
  ['GET', '/subjects', 'ListSubjects'],
  ['GET', '/subject/{}', 'GetSubject'],
  ['GET', '/ListTagsForResource', 'ListTagsForResource'],
  ['POST', '/TagResource', 'TagResource'],
  ['POST', '/UntagResource', 'UntagResource'],
  ['POST', '/sessions', 'CreateSession'],
];

const BY_SHAPE: ReadonlyMap<string, string> = new Map(
  ROUTES.map(([method, path, name]) => [`${method} ${path}`, name]),
);

/** `id` is decoded; undefined where nothing answers at this path. */
export function routeOf(method: string, path: string): { operation: string; id: string | undefined } | undefined {
  const exact = BY_SHAPE.get(`${method} ${path}`);
  if (exact !== undefined) return { operation: exact, id: undefined };
  const [, first = '', id = '', ...rest] = path.split('/');
  const operation = BY_SHAPE.get(`${method} /${[first, '{}', ...rest].join('/')}`);
  return operation === undefined ? undefined : { operation, id: decoded(id) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
