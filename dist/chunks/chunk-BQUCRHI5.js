import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function e(r){return JSON.stringify([r.protocols,r.suites,r.groups,r.signatureAlgorithms,r.extendedMasterSecret])}export{e as a};
