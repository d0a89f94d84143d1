// What Redocly does to the contract while it bundles it, besides resolving references.
export default function contract() {
  return {
    id: 'contract',
    decorators: { oas3: { 'success-only': successOnly, 'no-go-types': noGoTypes } },
  };
}

// For the server's generated code: handlers return errors, and one function turns them into problem documents, so no
// handler needs a type for a 4xx or 5xx response.
function successOnly() {
  return {
    Operation: {
      leave(operation) {
        for (const status of Object.keys(operation.responses)) {
          if (status >= '400') delete operation.responses[status];
        }
      },
    },
    Components: {
      leave(components) {
        delete components.responses; // all of them are problems
      },
    },
  };
}

// What only the server's generated code needs to know: which Go type a schema is.
function noGoTypes() {
  return {
    Schema: {
      leave(schema) {
        delete schema['x-go-type'];
        delete schema['x-go-type-import'];
      },
    },
  };
}
