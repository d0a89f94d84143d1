// What forms need of the contract, without its schemas: enums, labels, units and limits in a few kB.
export { enums, fields, labels } from './gen/meta.gen.js';
