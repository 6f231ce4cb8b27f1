/** Put in by the build; absent when the sources run unbundled. */
declare const POSTERN_VERSION: string | undefined;
