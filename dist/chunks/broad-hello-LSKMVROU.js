import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-VO3RGN6I.js";import"./chunk-H36CHC2F.js";import"./chunk-EFG7OBID.js";import"./chunk-HFHZAMUV.js";export{a as broadHello,b as shorterHello};
