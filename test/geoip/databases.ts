import type { Mmdb } from './mmdb.ts';

/** Two small databases, laid out as MaxMind's are; the addresses are those kept for documentation. */
export const CITY: Mmdb = {
  type: 'GeoLite2-City',
  networks: {
    '198.51.100.0/24': {
      city: { names: { de: 'Reikjavik', en: 'Reykjavik' } },
      continent: { code: 'EU', names: { en: 'Europe' } },
      country: { iso_code: 'IS', names: { en: 'Iceland' } },
      location: { latitude: 64.1355, longitude: -21.8954, time_zone: 'Atlantic/Reykjavik' },
      postal: { code: '101' },
      registered_country: { iso_code: 'DK', names: { en: 'Denmark' } },
      subdivisions: [
        { iso_code: '9', names: { en: 'Iceland proper' } },
        { iso_code: '1', names: { en: 'Capital Region' } },
      ],
    },
    '203.0.113.0/25': { registered_country: { iso_code: 'DK', names: { en: 'Denmark' } } },
    '203.0.113.128/25': {
      city: { names: { en: 'A\u001b[2J\nB' } },
      country: { names: { en: '' } },
      location: { latitude: 0.5 },
      subdivisions: [{ iso_code: '1' }],
    },
    '2001:db8::/32': { country: { iso_code: 'IS', names: { en: 'Iceland' } } },
  },
};

export const ASN: Mmdb = {
  type: 'GeoLite2-ASN',
  networks: {
    '198.51.100.0/24': { autonomous_system_number: 64_500, autonomous_system_organization: 'Example Transit' },
    '203.0.113.0/24': { autonomous_system_number: 64_501 },
  },
};
