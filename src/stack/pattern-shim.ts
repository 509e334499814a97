export interface CompiledPattern {
  fullmatchPrefix(text: string): boolean;
}
export function compilePattern(
  source: string,
): { ok: true; pattern: CompiledPattern } | { ok: false; error: { message: string } } {
  try {
    const regex = new RegExp(`^(?:${source})`);
    return { ok: true, pattern: { fullmatchPrefix: (text) => regex.exec(text)?.[0].length === text.length } };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}
