// The contract's schemas as zod schemas, apart from the rest because zod weighs more than everything else together.
export * from './gen/zod.gen.js';
