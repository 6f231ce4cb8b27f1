/**
 * Lower case, since IAM compares actions without it. Text that is not printable ASCII stays as it is and so equals no
 * action: the Kelvin sign in lower case would be a k.
 */
export function folded(text: string): string {
  return /^[!-~]*$/.test(text) ? text.toLowerCase() : text;
}
