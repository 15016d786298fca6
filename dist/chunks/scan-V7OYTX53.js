import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a,d as b,e as c}from"./chunk-PKXA6RQ5.js";import"./chunk-YZHMFX7W.js";import"./chunk-HO5YITGX.js";import"./chunk-BQUCRHI5.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as CONCURRENCY,b as scan,c as scanOn};
