import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-2B3AJZMH.js";import"./chunk-GKESKPXW.js";import"./chunk-WTPEZWKF.js";import"./chunk-HO5YITGX.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
