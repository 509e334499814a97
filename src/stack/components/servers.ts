import type { ComponentDefinition } from './component-reader.ts';

/** Walks down from each component to the resource that hosts it; none for who is hosted by nobody, or in a circle. */
export function findServers(
  components: ReadonlyMap<string, ComponentDefinition>,
  resources: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, string | undefined> {
  const servers = new Map<string, string | undefined>();
  for (const start of components.keys()) {
    const trail: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && components.has(at) && !servers.has(at)) {
      trail.push(at);
      // Also ends the walk where it comes back to itself.
      servers.set(at, undefined);
      at = components.get(at)?.hostedOn?.name;
    }
    const server = at === undefined ? undefined : resources.has(at) ? at : servers.get(at);
    for (const name of trail) servers.set(name, server);
  }
  return servers;
}
