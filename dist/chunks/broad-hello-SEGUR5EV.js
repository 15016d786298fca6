import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-CTB6EGKA.js";import"./chunk-XAG4QXNY.js";import"./chunk-HFHZAMUV.js";export{a as broadHello,b as shorterHello};
