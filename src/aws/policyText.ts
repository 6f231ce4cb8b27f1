/**
 * A policy document as text. IAM percent-encodes documents (RFC 3986: a `+` is a plus); what is not well encoded is kept
 * as it came.
 */
export function decodedPolicy(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    // A stray percent sign: AWS did not encode this, or somebody else did.
    return document;
  }
}
