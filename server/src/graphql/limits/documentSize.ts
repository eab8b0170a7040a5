import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of a document in everything that validation, compilation or execution may take longer for. */
export interface DocumentSize {
  operations: number;
  fragments: number;
  /** Variables of all operations. */
  variables: number;
  /** Values written as literals, and places of variables. */
  values: number;
  /** Fields, spreads and inline fragments, as written. */
  selections: number;
  /** The same with a fragment's counted wherever it is spread; of the operation that has the most. */
  expandedSelections: number;
  /** Times that a name, or a spread of a fragment, comes in one selection set with its inline fragments; the most of all. */
  repetitions: number;
  /** Fields inside fields, fragments looked through; introspection is bounded by a rule of its own. */
  depth: number;
  /** Inline fragments inside inline fragments, without a field between. */
  inlineDepth: number;
  /** Characters of the longest name. */
  nameLength: number;
  /** Lines of its text: the place of each error is looked for from the first one on. */
  lines: number;
  /** Fragments times what all of them select: validation compares each with every other. */
  comparisons: number;
}

/** Beyond this nobody counts on. */
const UNCOUNTED = 1e9;

const measured = new WeakMap<DocumentNode, DocumentSize>();

/** The size of a document, valid or not; measured once, in time that grows with its length alone. */
export function sizeOf(document: DocumentNode): DocumentSize {
  let size = measured.get(document);
  if (!size) measured.set(document, (size = measure(document)));
  return size;
}

function measure(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const size: DocumentSize = {
    operations: 0,
    fragments: 0,
    variables: 0,
    values: 0,
    selections: 0,
    expandedSelections: 0,
    repetitions: 0,
    depth: 0,
    inlineDepth: 0,
    nameLength: 0,
    lines: linesIn(document.loc?.source.body ?? ''),
    comparisons: 0,
  };
  const value = () => void size.values++;
  visit(document, {
    IntValue: value,
    FloatValue: value,
    StringValue: value,
    BooleanValue: value,
    NullValue: value,
    EnumValue: value,
    ListValue: { enter: value },
    ObjectValue: { enter: value },
    Variable: value,
    OperationDefinition: ({ variableDefinitions = [] }) => {
      size.operations++;
      size.variables += variableDefinitions.length;
    },
    FragmentDefinition(fragment) {
      size.fragments++;
      fragments.set(fragment.name.value, fragment);
    },
    Name: ({ value }) => void (size.nameLength = Math.max(size.nameLength, value.length)),
  });
  const extents = new ExtentsOfSelections(fragments, size);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    const before = size.selections;
    extents.countWritten(definition.selectionSet);
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      size.comparisons += size.fragments * (size.selections - before);
    const { selections, depth } = extents.of(definition.selectionSet);
    if (definition.kind === Kind.FRAGMENT_DEFINITION) continue;
    size.expandedSelections = Math.max(size.expandedSelections, selections);
    size.depth = Math.max(size.depth, depth);
  }
  return size;
}

/** Lines of a text as GraphQL counts them, which may end by either character. */
function linesIn(text: string): number {
  let lines = 1;
  for (const end of ['\n', '\r'])
    for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) lines++;
  return lines;
}

/** A selection set with its fragments spread out. */
interface Extent {
  selections: number;
  depth: number;
}

const NOTHING: Extent = { selections: 0, depth: 0 };

class ExtentsOfSelections {
  /** Null while one is being worked out: what contains itself counts once, and another rule refuses it. */
  readonly #ofFragments = new Map<string, Extent | null>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #size: DocumentSize;

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, size: DocumentSize) {
    this.#fragments = fragments;
    this.#size = size;
  }

  /** Adds what is written in a selection set to the document's size. */
  countWritten(selectionSet: SelectionSetNode, names = new Map<string, number>(), inlineDepth = 0): void {
    const size = this.#size;
    size.inlineDepth = Math.max(size.inlineDepth, inlineDepth);
    for (const selection of selectionSet.selections) {
      size.selections++;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.countWritten(selection.selectionSet, names, inlineDepth + 1);
        continue;
      }
      const name = nameIn(selection);
      const times = (names.get(name) ?? 0) + 1;
      names.set(name, times);
      size.repetitions = Math.max(size.repetitions, times);
      if (selection.kind === Kind.FIELD && selection.selectionSet) this.countWritten(selection.selectionSet);
    }
  }

  of(selectionSet: SelectionSetNode): Extent {
    let selections = 0;
    let depth = 0;
    for (const selection of selectionSet.selections) {
      const inner = this.#within(selection);
      selections = Math.min(selections + 1 + inner.selections, UNCOUNTED);
      depth = Math.max(depth, inner.depth);
    }
    return { selections, depth };
  }

  #within(selection: SelectionNode): Extent {
    switch (selection.kind) {
      case Kind.FIELD: {
        const inner = selection.selectionSet ? this.of(selection.selectionSet) : NOTHING;
        const isMeta = selection.name.value.startsWith('__');
        return { selections: inner.selections, depth: isMeta ? 0 : inner.depth + 1 };
      }
      case Kind.INLINE_FRAGMENT:
        return this.of(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return this.#ofFragment(selection.name.value);
    }
  }

  #ofFragment(name: string): Extent {
    const known = this.#ofFragments.get(name);
    if (known !== undefined) return known ?? NOTHING;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    this.#ofFragments.set(name, null);
    const extent = this.of(fragment.selectionSet);
    this.#ofFragments.set(name, extent);
    return extent;
  }
}

/** Name of a selection where it stands: of a field, that in the answer. */
function nameIn(selection: Exclude<SelectionNode, { kind: Kind.INLINE_FRAGMENT }>): string {
  if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value;
  return `...${selection.name.value}`;
}
