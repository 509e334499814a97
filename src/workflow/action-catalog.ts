/** What the engine must know of an action; running it is the host's. */
export interface ActionSignature {
  /** Undefined: any parameters. */
  readonly parameters?: readonly ActionParameter[];
}

export interface ActionParameter {
  readonly name: string;
  readonly required: boolean;
}

export interface ActionCatalog {
  find(name: string): ActionSignature | undefined;
  names(): Iterable<string>;
}
