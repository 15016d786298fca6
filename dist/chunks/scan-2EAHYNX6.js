import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a,d as b}from"./chunk-Q5H7GB4W.js";import"./chunk-LRQPIC2E.js";import"./chunk-HO5YITGX.js";import"./chunk-BQUCRHI5.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as scan,b as scanOn};
