import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address and how many of its leading bits count. */
export type AddressRange = readonly [Address, number];

/** A range in CIDR form, or one address; undefined for what is neither, and then it matches nothing. */
export function rangeIn(text: string): AddressRange | undefined {
  const [written = '', bits, ...rest] = text.split('/');
  const address = addressIn(written);
  if (address === undefined || rest.length > 0) return undefined;
  const longest = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [address, longest];
  return /^\d{1,3}$/.test(bits) && Number(bits) <= longest ? [address, Number(bits)] : undefined;
}

/** Four decimal numbers or IPv6: `10` and `0x7f.1` are addresses to ipaddr.js alone. */
export function addressIn(text: string): Address | undefined {
  const valid = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  return valid ? ipaddr.process(text) : undefined;
}
