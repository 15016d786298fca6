import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function r(e){return JSON.stringify([e.protocols,e.suites,e.groups,e.signatureAlgorithms,e.extendedMasterSecret,...e.layout?[e.layout]:[]])}export{r as a};
