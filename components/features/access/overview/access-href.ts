/** A view of access with its filters; empty ones are left out. */
export function accessHref(clusterId: string, filters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));
  return `/clusters/${clusterId}/access?${query.toString()}`;
}
