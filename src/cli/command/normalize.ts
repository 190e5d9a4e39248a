/** `--force_upload` is `--force-upload`: the existing tools spell options either way. Values stay as they are. */
export function normalizeOptions(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, at) => {
    if (!arg.startsWith('--') || (end >= 0 && at >= end)) return arg;
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg : arg.slice(0, equals);
    return `${name.replaceAll('_', '-')}${equals < 0 ? '' : arg.slice(equals)}`;
  });
}
