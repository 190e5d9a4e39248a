const MAX_DEPTH = 10;
const REFERENCE = /%(?:%|\(([^)]*)\)s|[\s\S]?)/gu;

/**
 * Fills in `%(key)s` and `%%` as Python's `SafeConfigParser` does.
 *
 * @throws `TypeError` for an unknown key, any other `%`, and references in a circle.
 */
export function interpolate(key: string, value: string, scope: ReadonlyMap<string, string>, depth = 1): string {
  if (!value.includes('%')) return value;
  if (depth > MAX_DEPTH) throw refused(key, 'refers to itself');
  return value.replace(REFERENCE, (found: string, name: string | undefined) => {
    if (found === '%%') return '%';
    if (name === undefined) throw refused(key, `has a bare ${JSON.stringify(found)}; write %% for a percent sign`);
    const other = scope.get(name.toLowerCase());
    if (other === undefined) throw refused(key, `refers to ${JSON.stringify(name)}, which is not there`);
    return interpolate(key, other, scope, depth + 1);
  });
}

function refused(key: string, what: string): TypeError {
  return new TypeError(`scops.parseScopsConfig: the value of ${key} ${what}`);
}
