/**
 * CloudFormation templates in YAML and JSON: RDS instances of SQL Server and their parameter groups.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
import { isScalar } from 'yaml';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import type { SourceText } from '../../text/source-text.ts';
import { YamlTree } from '../../text/yaml-tree.ts';
import { declareRdsInstance, declareRdsParameter } from './aws-rds.ts';
import type { Written } from './written.ts';

const RESOURCES = /AWS::RDS::DB(?:Instance|ParameterGroup)/;

export const cloudformation: Reader = {
  id: 'cloudformation',
  words: RESOURCES,
  matches: (path) => /\.(?:ya?ml|json|template)$/i.test(path),
  read(source, vocabulary) {
    if (!RESOURCES.test(source.text)) return [];
    const tree = new YamlTree(source);
    const parameters = tree.entries(tree.get(tree.root, 'Parameters'));
    return [...tree.entries(tree.get(tree.root, 'Resources')).values()].flatMap((one) =>
      resource(source, vocabulary, tree, one, parameters),
    );
  },
};

type Parameters = ReadonlyMap<string, unknown>;

function resource(
  source: SourceText,
  vocabulary: Vocabulary,
  tree: YamlTree,
  node: unknown,
  parameters: Parameters,
): Declaration[] {
  const properties = tree.get(node, 'Properties');
  const of = (key: string) => written(tree, tree.get(properties, key), parameters);
  const type = tree.text(tree.get(node, 'Type'))?.value;
  if (type === 'AWS::RDS::DBInstance')
    return declareRdsInstance(source, vocabulary, of('Engine'), of('EngineVersion'));
  if (type !== 'AWS::RDS::DBParameterGroup') return [];
  const family = of('Family');
  return [...tree.entries(tree.get(properties, 'Parameters'))].flatMap(([name, value]) =>
    declareRdsParameter(source, family, name, written(tree, value, parameters)),
  );
}

/** A literal, or the default of the parameter that `!Ref` names; any other function has no value. */
function written(tree: YamlTree, node: unknown, parameters: Parameters): Written | null {
  const text = tree.text(node);
  const isTagged = isScalar(node) && node.tag?.startsWith('!') && !node.tag.startsWith('!!');
  const isReference = isTagged && node.tag === '!Ref';
  const name = isReference ? text?.value : isTagged ? null : tree.text(tree.get(node, 'Ref'))?.value;
  const known = name ? tree.text(tree.get(parameters.get(name), 'Default')) : null;
  if (known && known.end > known.start) return known;
  return text && { value: isTagged ? null : text.value, start: text.start, end: text.end };
}
