/** Bounds on what one text may cost. Passing one is a diagnostic. */
export interface YamlLimits {
  /** Size of the text in UTF-16 units (bytes for ASCII). Default 256 Mi. */
  readonly maxBytes: number;
  /** Nesting of lists and maps, what aliases add included. Default 400. */
  readonly maxDepth: number;
  /** Separators of a YAML text (lines, commas, brackets), which bound its nodes. Default 10,000,000. */
  readonly maxNodes: number;
  /** Nodes of the document with every alias written out; checked where an alias is used. Default 10,000,000. */
  readonly maxExpandedNodes: number;
  /** Entries that `<<` copies, over the whole document. Default 10,000,000. */
  readonly maxMergedKeys: number;
}

export const DEFAULT_LIMITS: YamlLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxDepth: 400,
  maxNodes: 10_000_000,
  maxExpandedNodes: 10_000_000,
  maxMergedKeys: 10_000_000,
};

/** Heat's own bound (`max_template_size`), for whoever wants to refuse what a Heat service would. */
export const HEAT_LIMITS: YamlLimits = { ...DEFAULT_LIMITS, maxBytes: 524_288 };
