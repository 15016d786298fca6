import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-VOOF3OGH.js";import"./chunk-6FRRER54.js";import"./chunk-QZ5C4AQ7.js";import"./chunk-T7QCBUH6.js";import"./chunk-4SULWCMO.js";import"./chunk-XAG4QXNY.js";import"./chunk-HFHZAMUV.js";export{a as startLab};
