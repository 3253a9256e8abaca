/**
 * The package's entries and the fields that they read, from its own declarations: an entry or a field
 * that is new is found here without a word.
 */
import ts from "typescript";

/** Where a value stands in a call: an argument's number, then names of fields and places in lists. */
export type Path = readonly (string | number)[];

export interface Entry {
  readonly name: string;
  /** Whether it is a method of what `load` gives. */
  readonly ofScope: boolean;
  /** Names of its arguments. */
  readonly parameters: readonly string[];
  /** Every argument, and every field in it, that its types name. */
  readonly paths: readonly Path[];
}

/** Types of numbers and files, which have parts that no caller writes. */
const LEAVES = /^(Float32Array|Uint8Array|Blob|File|AbortSignal)\b/;

class Types {
  constructor(private readonly checker: ts.TypeChecker) {}

  /** The paths of a value of this type and of all in it. */
  within(type: ts.Type, path: Path): Path[] {
    const parts = type.isUnion() ? type.types : [type];
    const found = parts.flatMap((part) => this.members(part, path));
    return [path, ...new Map(found.map((each) => [each.join(), each])).values()];
  }

  private members(type: ts.Type, path: Path): Path[] {
    const { checker } = this;
    const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    if (!isObject || type.getCallSignatures().length > 0) return [];
    if (LEAVES.test(checker.typeToString(type))) return [];
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return item ? this.within(item, [...path, 0]) : [];
    }
    return checker
      .getPropertiesOfType(type)
      .flatMap((field) => this.within(checker.getTypeOfSymbol(field), [...path, field.name]));
  }

  entry(name: string, ofScope: boolean, signature: ts.Signature): Entry {
    const parameters = signature.getParameters();
    return {
      name,
      ofScope,
      parameters: parameters.map((each) => each.name),
      paths: parameters.flatMap((each, i) => this.within(this.checker.getTypeOfSymbol(each), [i])),
    };
  }
}

/** All that a program can call of the package. */
export function entriesOf(declarations: string): Entry[] {
  const program = ts.createProgram([declarations], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const types = new Types(checker);
  const source = program.getSourceFile(declarations);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${declarations} declares no module`);
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol =
      exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.Function)
      return checker
        .getTypeOfSymbol(symbol)
        .getCallSignatures()
        .map((signature) => types.entry(exported.name, false, signature));
    if (exported.name !== "Scope") return [];
    const methods = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
    return methods.flatMap((method) =>
      checker
        .getTypeOfSymbol(method)
        .getCallSignatures()
        .map((signature) => types.entry(method.name, true, signature)),
    );
  });
}
