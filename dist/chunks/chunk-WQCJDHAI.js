import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function r(e){return JSON.stringify([e.protocols,e.suites,e.groups,e.signatureAlgorithms,e.extendedMasterSecret,...e.layout?[e.layout]:[]])}function n(e){return[...new Map(e.map(o=>[r(o),o])).values()]}export{r as a,n as b};
