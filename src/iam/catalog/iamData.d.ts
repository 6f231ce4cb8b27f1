/** Every action AWS documents, as catalog-plugin.mjs writes it. */
declare module 'iam-data:actions' {
  const table: string;
  export default table;
}
