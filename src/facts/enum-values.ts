/** The values of enum members, as far as the text tells them: the compiler's own rules for constant members. */
import type * as tsc from "typescript";
import type { Context } from "./context.js";

export interface EnumMemberValue {
  readonly node: tsc.EnumMember;
  readonly name: string;
  /** Absent when it is computed at run time. */
  readonly value?: string | number;
}

type Value = string | number | undefined;

/** Members in order; one without initialiser is one more than the numeric one before it. */
export function enumMembers(cx: Context, node: tsc.EnumDeclaration): EnumMemberValue[] {
  const known = new Map<string, string | number>();
  const out: EnumMemberValue[] = [];
  let next: Value = 0;
  for (const m of node.members) {
    const name = memberText(cx, m.name);
    const value: Value = m.initializer === undefined ? next : evaluate(cx, m.initializer, known, node.name.text, 0);
    next = typeof value === "number" ? value + 1 : undefined;
    const finite = value !== undefined && (typeof value === "string" || Number.isFinite(value)) ? value : undefined;
    if (finite !== undefined) known.set(name, finite);
    out.push({ node: m, name, ...(finite !== undefined && { value: finite }) });
  }
  return out;
}

function memberText(cx: Context, name: tsc.PropertyName): string {
  if (name.kind !== cx.ts.SyntaxKind.ComputedPropertyName) return (name as tsc.Identifier).text;
  const e = name.expression;
  return (e as Partial<tsc.StringLiteral>).text ?? "";
}

function evaluate(cx: Context, node: tsc.Expression, known: ReadonlyMap<string, string | number>, own: string, depth: number): Value {
  const K = cx.ts.SyntaxKind;
  if (depth > 100) return undefined;
  const value = (n: tsc.Expression): Value => evaluate(cx, n, known, own, depth + 1);
  switch (node.kind) {
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return (node as tsc.StringLiteral).text;
    case K.NumericLiteral:
      return Number((node as tsc.NumericLiteral).text);
    case K.ParenthesizedExpression:
      return value((node as tsc.ParenthesizedExpression).expression);
    case K.Identifier:
      return known.get((node as tsc.Identifier).text);
    case K.PropertyAccessExpression: {
      const { expression, name } = node as tsc.PropertyAccessExpression;
      return expression.kind === K.Identifier && (expression as tsc.Identifier).text === own ? known.get(name.text) : undefined;
    }
    case K.PrefixUnaryExpression: {
      const { operator, operand } = node as tsc.PrefixUnaryExpression;
      const v = value(operand);
      if (typeof v !== "number") return undefined;
      // `0 - v` rather than `-v`: JSON has no negative zero.
      if (operator === K.MinusToken) return 0 - v;
      return operator === K.TildeToken ? ~v : operator === K.PlusToken ? v : undefined;
    }
    case K.TemplateExpression: {
      const { head, templateSpans } = node as tsc.TemplateExpression;
      let text = head.text;
      for (const s of templateSpans) {
        const v = value(s.expression);
        if (v === undefined) return undefined;
        text += String(v) + s.literal.text;
      }
      return text;
    }
    case K.BinaryExpression: {
      const { left, operatorToken, right } = node as tsc.BinaryExpression;
      return binary(cx, operatorToken.kind, value(left), value(right));
    }
    default:
      return undefined;
  }
}

function binary(cx: Context, operator: tsc.SyntaxKind, l: Value, r: Value): Value {
  const K = cx.ts.SyntaxKind;
  if (l === undefined || r === undefined) return undefined;
  if (typeof l === "string" || typeof r === "string") return operator === K.PlusToken ? `${l}${r}` : undefined;
  switch (operator) {
    case K.PlusToken:
      return l + r;
    case K.MinusToken:
      return l - r;
    case K.AsteriskToken:
      return l * r;
    case K.SlashToken:
      return l / r;
    case K.PercentToken:
      return l % r;
    case K.AsteriskAsteriskToken:
      return l ** r;
    case K.BarToken:
      return l | r;
    case K.AmpersandToken:
      return l & r;
    case K.CaretToken:
      return l ^ r;
    case K.LessThanLessThanToken:
      return l << r;
    case K.GreaterThanGreaterThanToken:
      return l >> r;
    case K.GreaterThanGreaterThanGreaterThanToken:
      return l >>> r;
    default:
      return undefined;
  }
}
