/** JSON Schemas of what is read and written, made from the schemas that validate. */
import * as z from 'zod';
import { planSchema } from './plan-schema.ts';
import { resultSchema } from './result-schema.ts';

/** Schema of the plan file as people write it. */
export function planJsonSchema(): object {
  return z.toJSONSchema(planSchema, { io: 'input', unrepresentable: 'any' });
}

/** Schema of the JSON that `plan` writes. */
export function resultJsonSchema(): object {
  return z.toJSONSchema(resultSchema, { io: 'input' });
}
