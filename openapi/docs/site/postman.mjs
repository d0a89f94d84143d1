// A Postman collection (v2.1) with every operation, made from the contract's examples. Variables: baseUrl and token.
import { operations, resolve } from "./contract.mjs";

export function postmanCollection(contract) {
  return {
    info: { name: contract.info.title, version: contract.info.version, schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{token}}", type: "string" }] },
    variable: [
      { key: "baseUrl", value: "http://127.0.0.1:8000" },
      { key: "token", value: "" },
    ],
    item: contract.tags.map((tag) => ({
      name: tag["x-displayName"],
      item: operations(contract)
        .filter((operation) => operation.tag === tag.name)
        .map((operation) => item(contract, operation)),
    })),
  };
}

function item(contract, operation) {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(contract, parameter));
  const of = (place) => parameters.filter((parameter) => parameter.in === place);
  const value = (parameter) => ({ key: parameter.name, value: String(parameter.example ?? ""), description: parameter.description });
  const content = operation.requestBody?.content["application/json"];
  const file = operation.requestBody && !content; // the body is a file
  const path = operation.path.replace(/\{(\w+)\}/g, ":$1");
  const query = of("query").map((parameter) => ({ ...value(parameter), disabled: !parameter.required }));
  return {
    name: operation.summary,
    request: {
      method: operation.method,
      description: operation.description,
      ...((operation.security ?? contract.security).some((scheme) => "bearerAuth" in scheme) ? {} : { auth: { type: "noauth" } }),
      header: [
        ...(content ? [{ key: "Content-Type", value: "application/json" }] : []),
        ...(file ? [{ key: "Content-Type", value: "application/octet-stream" }] : []),
        ...of("header").map((parameter) => ({ ...value(parameter), disabled: true })),
      ],
      url: { raw: `{{baseUrl}}${path}`, host: ["{{baseUrl}}"], path: path.slice(1).split("/"), query, variable: of("path").map(value) },
      ...(content && { body: { mode: "raw", raw: JSON.stringify(resolve(contract, Object.values(content.examples)[0]).value, null, 2), options: { raw: { language: "json" } } } }),
      ...(file && { body: { mode: "file", file: { src: "" } } }),
    },
  };
}
