import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-LTPHQWW6.js";import"./chunk-FJPOOLD4.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
