import"/docs/assets/chunk-EP3MHSSD.js";var e={};export{e as default};
