/** One word of a shell, whatever the cluster's names hold. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9._:/=@-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
