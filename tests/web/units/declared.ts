/** Declarations of TypeScript as what a value can be compared with. */
import ts from "typescript";

/** Types by their names: those of a source, and others that it imports. */
export type Declared = ReadonlyMap<string, ts.TypeNode | ts.InterfaceDeclaration>;

/** What was seen of the types in values: places in a source, which a type has by its members. */
export interface Seen {
  readonly members: Set<string>;
  readonly nulls: Set<string>;
}

export function declaredIn(source: string): Declared {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, ts.InterfaceDeclaration>();
  for (const statement of file.statements)
    if (ts.isInterfaceDeclaration(statement)) found.set(statement.name.text, statement);
  return found;
}

/** The members of an interface, and within those that have no name of their own. */
function membersOf(node: ts.InterfaceDeclaration | ts.TypeLiteralNode): ts.PropertySignature[] {
  return node.members.filter((member) => ts.isPropertySignature(member));
}

/** The name of each member of each type, as "Type.member.member". */
export function allMembers(declared: Declared): string[] {
  const within = (node: ts.Node, path: string): string[] => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node))
      return membersOf(node).flatMap((member) => {
        const name = `${path}.${member.name.getText()}`;
        return [name, ...(member.type ? within(member.type, name) : [])];
      });
    return ts.isUnionTypeNode(node) ? node.types.flatMap((type) => within(type, path)) : [];
  };
  return [...declared].flatMap(([name, node]) => within(node, name));
}

/** Members that may be null. */
export function nullable(declared: Declared): string[] {
  const within = (node: ts.Node, path: string): string[] => {
    if (ts.isInterfaceDeclaration(node))
      return membersOf(node).flatMap((member) =>
        member.type ? within(member.type, `${path}.${member.name.getText()}`) : [],
      );
    return ts.isUnionTypeNode(node) && node.types.some(isNull) ? [path] : [];
  };
  return [...declared].flatMap(([name, node]) => within(node, name));
}

const isNull = (node: ts.Node) =>
  ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;

/** Types that are not looked into, and what they are. */
const OTHERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Float32Array: (value) => value instanceof Float32Array,
  Float64Array: (value) => value instanceof Float64Array,
  ReasonId: (value) => typeof value === "string",
  SchemeRequest: (value) => typeof value === "object" && value !== null && "scheme" in value,
};

/**
 * Where a value is not what is declared, in words; nothing where it is. What of the types it has is
 * added to `seen`.
 */
export function differences(
  declared: Declared,
  name: string,
  value: unknown,
  seen: Seen,
): readonly string[] {
  const found: string[] = [];
  const object = (
    node: ts.InterfaceDeclaration | ts.TypeLiteralNode,
    of: unknown,
    path: string,
  ) => {
    if (typeof of !== "object" || of === null) return found.push(`${path} is no object`);
    const members = membersOf(node);
    const names = members.map((member) => member.name.getText());
    for (const key of Object.keys(of))
      if (!names.includes(key)) found.push(`${path}.${key} is not declared`);
    for (const member of members) {
      const key = member.name.getText();
      const within = `${path}.${key}`;
      const given = (of as Readonly<Record<string, unknown>>)[key];
      if (given === undefined) {
        if (!member.questionToken) found.push(`${within} is missing`);
        continue;
      }
      seen.members.add(within);
      if (member.type) compare(member.type, given, within);
    }
    return undefined;
  };
  const named = (node: ts.TypeReferenceNode, of: unknown, path: string) => {
    const type = node.typeName.getText();
    const interfaceOf = declared.get(type);
    if (interfaceOf && ts.isInterfaceDeclaration(interfaceOf)) return object(interfaceOf, of, type);
    if (type === "Readonly") {
      // A record of numbers, or of numbers and texts, of which a block may have none.
      const texts = node.getText().includes("string |") || node.getText().includes("| string");
      const all = typeof of === "object" && of !== null ? Object.values(of) : [undefined];
      const fits = (each: unknown) =>
        typeof each === "number" || (texts && typeof each === "string");
      if ((texts || all.length > 0) && all.every(fits)) return undefined;
    } else if (OTHERS[type]?.(of)) return undefined;
    return found.push(`${path} is no ${node.getText()}`);
  };
  const compare = (node: ts.TypeNode, of: unknown, path: string): void => {
    if (ts.isParenthesizedTypeNode(node)) compare(node.type, of, path);
    else if (ts.isTypeLiteralNode(node)) object(node, of, path);
    else if (ts.isTypeReferenceNode(node)) named(node, of, path);
    else if (ts.isTypeOperatorNode(node))
      compare(node.type, of, path); // readonly
    else if (ts.isArrayTypeNode(node)) {
      if (!Array.isArray(of)) found.push(`${path} is no array`);
      else for (const each of of) compare(node.elementType, each, path);
    } else if (ts.isUnionTypeNode(node) && node.types.some(isNull)) {
      if (of === null) seen.nulls.add(path);
      else for (const type of node.types) if (!isNull(type)) compare(type, of, path);
    } else if (ts.isUnionTypeNode(node)) {
      const texts = node.types.map((type) => type.getText());
      if (!texts.includes(JSON.stringify(of))) found.push(`${path} is none of ${node.getText()}`);
    } else if (typeof of !== node.getText()) found.push(`${path} is no ${node.getText()}`);
  };
  const top = declared.get(name);
  if (!top || !ts.isInterfaceDeclaration(top)) return [`no type is named ${name}`];
  object(top, value, name);
  return found;
}
